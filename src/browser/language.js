// What the browser says of its user.

/** The language it speaks to the user. */
export const language = () => navigator.language;
