/** What stands in a timeline, with the moment by which it is put in order. */
export interface Timed<Item> {
  readonly at: string
  readonly item: Item
}

/**
 * The moment of an activity: that of its note where it was noted on its day, else the end of its day, so that what was
 * noted later stands among what happened then.
 */
export function momentOf(doneOn: string, notedAt: string, dayOf: (instant: string) => string): string {
  return dayOf(notedAt) === doneOn ? notedAt : new Date(`${doneOn}T23:59:59`).toISOString()
}

/** Newest first. Older activities than the oldest comment that is shown wait until the comments before it are. */
export function layTalk<Item>(
  comments: readonly Timed<Item>[],
  activities: readonly Timed<Item>[],
  hasMore: boolean,
): readonly Item[] {
  const oldest = hasMore ? comments.at(-1)?.at : undefined
  const shown = activities.filter(({ at }) => oldest === undefined || at >= oldest)
  return [...comments, ...shown].toSorted((one, other) => other.at.localeCompare(one.at)).map(({ item }) => item)
}
