/** From so few recovery codes on, new ones are advised. */
export const FEW_CODES = 3;
