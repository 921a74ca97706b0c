const companiesKept = 20
/** Of one state of a company: nodes × periods, and what was learned for them. */
const answersKept = 2000

/**
 * Keeps answers of one state of a company; those of another state of it are forgotten, and the company not asked for
 * longest. `question` names everything that the answer hangs on apart from the state: what is left out would be answered
 * with another's answer.
 */
export function keepingBy<Answer>(): (
  of: { readonly company: string; readonly state: string },
  question: string,
  make: () => Promise<Answer>,
) => Promise<Answer> {
  const kept = new Map<string, { readonly state: string; readonly answers: Map<string, Answer> }>()
  return async ({ company, state }, question, make) => {
    const known = kept.get(company)
    const current = known?.state === state ? known : { state, answers: new Map<string, Answer>() }
    kept.delete(company)
    kept.set(company, current)
    const [oldest] = kept.keys()
    if (kept.size > companiesKept && oldest !== undefined) kept.delete(oldest)
    const found = current.answers.get(question)
    if (found !== undefined) return found
    const made = await make()
    if (current.answers.size >= answersKept) current.answers.clear()
    current.answers.set(question, made)
    return made
  }
}
