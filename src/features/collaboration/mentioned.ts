interface Named {
  readonly id: string
  readonly name: string
}

/** Of these people those whom a text mentions: it says `@` and the name, and no longer name of another of them. */
export function mentionedIn<Person extends Named>(text: string, people: readonly Person[]): readonly Person[] {
  const said = new Set(partsOf(text, people).flatMap((part) => part.mention?.name ?? []))
  return people.filter(({ name }) => said.has(name))
}

export interface TextPart {
  readonly text: string
  /** Somebody whom this part names. */
  readonly mention?: Named
}

/** A text in pieces, those that mention somebody apart. Of two that begin alike the longer name is meant. */
export function partsOf(text: string, people: readonly Named[]): readonly TextPart[] {
  const byLength = people
    .filter(({ name }) => name !== '')
    .toSorted((one, other) => other.name.length - one.name.length)
  const parts: TextPart[] = []
  let from = 0
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    const mention = byLength.find(({ name }) => text.startsWith(name, at + 1))
    if (!mention) continue
    if (at > from) parts.push({ text: text.slice(from, at) })
    from = at + 1 + mention.name.length
    parts.push({ text: text.slice(at, from), mention })
    at = from - 1
  }
  return from < text.length ? [...parts, { text: text.slice(from) }] : parts
}
