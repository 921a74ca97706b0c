/** The element id by which a stage of the board is found again. */
export const stageId = (id: string): string => `stage-${id}`

/** Puts the keyboard back on a card that moved under it, unless it went elsewhere meanwhile. */
export function focusIfLost(card: HTMLElement | null): void {
  const holder = document.activeElement
  if (!holder?.isConnected || holder === document.body) card?.focus()
}

/** Brings a stage into view that a deal is carried over. */
export function showStage(id: string): void {
  document.getElementById(stageId(id))?.scrollIntoView({ inline: 'nearest', block: 'nearest' })
}

/** Walks from card to card by arrow keys: up and down in the stage, left and right to the next one that has any. */
export function focusNeighbour(card: HTMLElement, key: string): boolean {
  const columns = [...document.querySelectorAll('.stage')]
    .map((stage) => [...stage.querySelectorAll<HTMLElement>('.deal-card')])
    .filter((cards) => cards.length > 0)
  const column = columns.findIndex((cards) => cards.includes(card))
  const row = columns[column]?.indexOf(card) ?? -1
  const beside = (by: number) => columns[column + by]?.at(Math.min(row, (columns[column + by]?.length ?? 0) - 1))
  const steps: Readonly<Record<string, HTMLElement | undefined>> = {
    ArrowDown: columns[column]?.[row + 1],
    ArrowUp: columns[column]?.[row - 1],
    ArrowRight: beside(1),
    ArrowLeft: column > 0 ? beside(-1) : undefined,
  }
  steps[key]?.focus()
  return key in steps
}
