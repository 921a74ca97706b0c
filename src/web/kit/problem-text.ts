import { ApiProblem } from '#web/api/problem.ts'
import { wordOf } from '#web/words/words.ts'
import { kitWords } from './words.ts'

/** One sentence for a message: the server's words where it spoke, ours where it could not. */
export function problemText(problem: unknown): string {
  if (!(problem instanceof ApiProblem)) return wordOf(kitWords, 'errorTitle')
  if (problem.status === 0) return wordOf(kitWords, 'offlineTitle')
  return problem.faults[0]?.message ?? problem.detail ?? (problem.title || wordOf(kitWords, 'errorTitle'))
}
