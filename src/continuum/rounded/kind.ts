export const ROUNDED_KIND = "rounded";
