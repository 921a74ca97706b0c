import { createHash } from 'node:crypto'

/** Whatever is kept hangs on a state of a company. */
export interface KeptOf {
  readonly company: string
  readonly state: string
}

interface Bound<Answer> {
  /** Of all answers together, in the measure of `sizeOf`; what was not asked for longest goes first. */
  readonly most: number
  /** One unless told. */
  readonly sizeOf?: (answer: Answer) => number
}

interface Kept<Answer> {
  readonly of: KeptOf
  readonly answer: Promise<Answer>
  /** None while it is under way. */
  size: number
}

/**
 * Keeps answers of one state of a company; those of another state of it are forgotten. Who asks while the same is under
 * way gets the same answer, and makes an own one where that fails. `question` names everything that the answer hangs on
 * apart from the state: what is left out would be answered with another's answer.
 */
export function keepingBy<Answer>({
  most,
  sizeOf = () => 1,
}: Bound<Answer>): (of: KeptOf, question: string, make: () => Promise<Answer>) => Promise<Answer> {
  // In the order in which they were last asked for.
  const kept = new Map<string, Kept<Answer>>()
  const states = new Map<string, string>()
  let size = 0
  const forget = (key: string, entry: Kept<Answer>) => {
    if (kept.get(key) !== entry) return
    kept.delete(key)
    size -= entry.size
  }
  const makeRoom = () => {
    for (const [key, entry] of kept) {
      if (size <= most) return
      // What is under way weighs nothing yet.
      if (entry.size > 0) forget(key, entry)
    }
  }
  const startOn = ({ company, state }: KeptOf) => {
    if (states.get(company) === state) return
    states.set(company, state)
    for (const [key, entry] of kept) if (entry.of.company === company) forget(key, entry)
  }
  return async (of, question, make) => {
    startOn(of)
    // A question may name thousands of figures.
    const key = `${of.company} ${createHash('sha256').update(question).digest('base64')}`
    const found = kept.get(key)
    if (found) {
      kept.delete(key)
      kept.set(key, found)
      return found.answer.catch(make)
    }
    const entry: Kept<Answer> = { of, answer: make(), size: 0 }
    kept.set(key, entry)
    try {
      const answer = await entry.answer
      if (kept.get(key) === entry) {
        entry.size = sizeOf(answer)
        size += entry.size
        makeRoom()
      }
      return answer
    } catch (error) {
      forget(key, entry)
      throw error
    }
  }
}
