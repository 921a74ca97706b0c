import { z } from 'zod'

const shape = z.object({
  company: z.string(),
  /** `notice`, `ended`, or a kind of long job. */
  kind: z.string(),
  person: z.string().nullable(),
  id: z.string().nullable(),
})

/** Something happened in the database that somebody may want to look at. It wakes; it tells nothing by itself. */
export type Signal = z.infer<typeof shape>

/** Undefined: signals may have been missed, look at everything. */
type Hear = (signal: Signal | undefined) => void

const listeners = new Map<string, Set<Hear>>()

/** Hears the signals of a company until the answer is called. */
export function onSignal(company: string, hear: Hear): () => void {
  const known = listeners.get(company) ?? new Set()
  listeners.set(company, known.add(hear))
  return () => {
    known.delete(hear)
    if (known.size === 0 && listeners.get(company) === known) listeners.delete(company)
  }
}

/** Passes on what PostgreSQL sent. */
export function passOn(text: string): void {
  const parsed = shape.safeParse(JSON.parse(text))
  if (parsed.success) for (const hear of listeners.get(parsed.data.company) ?? []) hear(parsed.data)
}

/** Whoever listens looks at everything: nobody knows what was said meanwhile. */
export function passOnGap(): void {
  for (const all of listeners.values()) for (const hear of all) hear(undefined)
}
