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

/** Whoever began before a change still asks of the state before it. */
const statesAtOnce = 2

/**
 * Keeps answers of the two states of a company that were asked for last, so that those who began before a change and
 * after it do not turn each other's out; of others only what is under way is waited for. Who asks while the same is under
 * way gets the same answer, and makes an own one where that fails. `question` names everything that the answer hangs on
 * apart from the state: what is left out would be answered with another's answer.
 */
export function keepingBy<Answer>({
  most,
  sizeOf = () => 1,
}: Bound<Answer>): (of: KeptOf, question: string, make: () => Promise<Answer>) => Promise<Answer> {
  // In the order in which they were last asked for.
  const kept = new Map<string, Kept<Answer>>()
  const states = new Map<string, readonly string[]>()
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
  const isCurrent = ({ company, state }: KeptOf) => states.get(company)?.includes(state) ?? false
  const startOn = ({ company, state }: KeptOf) => {
    const known = states.get(company) ?? []
    if (known[0] === state) return
    states.set(company, [state, ...known.filter((other) => other !== state)].slice(0, statesAtOnce))
    for (const [key, entry] of kept) {
      if (entry.size > 0 && entry.of.company === company && !isCurrent(entry.of)) forget(key, entry)
    }
  }
  return async (of, question, make) => {
    startOn(of)
    // A question may name thousands of figures.
    const key = `${of.company} ${createHash('sha256').update(of.state).update('\n').update(question).digest('base64')}`
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
      if (!isCurrent(of)) forget(key, entry)
      else if (kept.get(key) === entry) {
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
