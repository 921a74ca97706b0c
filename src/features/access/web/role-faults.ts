import { ApiProblem, type ProblemFault } from '#web/api/problem.ts'

const faultsOf = (problem: unknown): readonly ProblemFault[] => (problem instanceof ApiProblem ? problem.faults : [])

/** What the server says about one place, e.g. `label.zh`. */
export function faultAt(problem: unknown, place: string): string | undefined {
  return faultsOf(problem).find(({ field }) => field === place)?.message
}

/** How many faults lie within an object: `definition.objects.account…`. */
export function faultsWithin(problem: unknown, object: string): number {
  const place = `definition.objects.${object}`
  return faultsOf(problem).filter(({ field }) => field === place || field.startsWith(`${place}.`)).length
}

/** What it says about no place that the page shows. */
export function faultsElsewhere(problem: unknown): readonly string[] {
  const others = faultsOf(problem).filter(({ field }) => !/^(label\.(zh|en)$|definition\.objects\.)/.test(field))
  return [...new Set(others.map(({ message }) => message))]
}
