import { ApiProblem } from '#web/api/problem.ts'

const plain = (field: string) => field.replace(/^definition\./, '')

/** What the server says about one part of a definition, at whatever depth. */
export function partFault(problem: unknown, part: string): string | undefined {
  if (!(problem instanceof ApiProblem)) return undefined
  return problem.faults.find(({ field }) => plain(field) === part || plain(field).startsWith(`${part}.`))?.message
}

/** What it says about none of these parts, and therefore stands above the form. */
export function otherFaults(problem: unknown, parts: readonly string[]): readonly string[] {
  if (!(problem instanceof ApiProblem)) return []
  const others = problem.faults.filter(({ field }) => !parts.includes(plain(field).split('.')[0] ?? ''))
  return [...new Set(others.map((fault) => fault.message))]
}
