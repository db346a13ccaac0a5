/** The mark that stands before the name of the issuer, as the address of a picture. */
export const MARK =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Crect width='16' height='16' rx='4' fill='%232b5aa8'/%3E%3Ccircle cx='8' cy='6' r='2.5' fill='white'/%3E%3Cpath d='M7 7h2l1 6H6z' fill='white'/%3E%3C/svg%3E";
