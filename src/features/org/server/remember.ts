import type { Ctx } from '#platform/db/ctx.ts'

const companiesRemembered = 200
/** Whoever asks names the unit, also units that are not there. */
const questionsRemembered = 5000

/**
 * Remembers answers of one state of one company's org on one day; the oldest companies are forgotten first.
 * `question` names what is asked apart from the company.
 */
export function rememberingBy<T>(): (ctx: Ctx, question: string, read: () => Promise<T>) => Promise<T> {
  const answers = new Map<string, { readonly state: string; readonly byQuestion: Map<string, Promise<T>> }>()
  return (ctx, question, read) => {
    const state = `${ctx.company.orgVersion}@${ctx.today}`
    const known = answers.get(ctx.company.id)
    const current = known?.state === state ? known : { state, byQuestion: new Map<string, Promise<T>>() }
    answers.delete(ctx.company.id)
    answers.set(ctx.company.id, current)
    const oldest = answers.keys().next().value
    if (answers.size > companiesRemembered && oldest !== undefined) answers.delete(oldest)
    const found = current.byQuestion.get(question)
    if (found) return found
    const asked = read()
    if (current.byQuestion.size >= questionsRemembered) current.byQuestion.clear()
    current.byQuestion.set(question, asked)
    asked.catch(() => current.byQuestion.delete(question))
    return asked
  }
}
