/** The most characters that a filter may have as text. */
export const longestText = 8000
