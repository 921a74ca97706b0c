/**
 * Focuses a row at once where it is drawn, so that the next key finds it focused however fast it follows; one that is
 * only now scrolled to, in the frame that draws it.
 */
export function focusWhenDrawn(find: () => HTMLElement | null | undefined): void {
  const drawn = find()
  if (drawn) drawn.focus()
  else requestAnimationFrame(() => find()?.focus())
}
