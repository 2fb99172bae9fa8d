/**
 * The script for bash, which needs its package bash-completion. The one of `@bomb.sh/tab` evaluates the words of the line anew, so that a
 * command substitution that is being written would be carried out, and repeats what stands before a colon.
 */
export const BASH_COMPLETION = `_mechlp() {
  local cur words cword value rest
  _get_comp_words_by_ref -n "=:" cur words cword
  COMPREPLY=()
  while IFS=$'\\t' read -r value rest; do
    case "$value" in
      :*) ;;
      "$cur"*) COMPREPLY+=("$value") ;;
    esac
  done < <(mechlp complete -- "\${words[@]:1:cword}" 2>/dev/null)
  [[ \${#COMPREPLY[@]} -eq 1 && "\${COMPREPLY[0]}" == *[/:] ]] && compopt -o nospace 2>/dev/null
  __ltrim_colon_completions "$cur"
}
complete -F _mechlp mechlp
`;
