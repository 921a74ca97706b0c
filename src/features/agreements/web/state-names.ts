/** What a state of an appeal is called, by its word. */
export const stateNames = {
  open: 'stateOpen',
  granted: 'stateGranted',
  partly: 'statePartly',
  refused: 'stateRefused',
  withdrawn: 'stateWithdrawn',
} as const
