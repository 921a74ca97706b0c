import type { FormInstance } from 'antd'
import { ApiProblem } from '#web/api/problem.ts'

/** Marks the fields that the server refused; false where it named none of them. */
export function useRefuseFields<Values extends object>(
  form: FormInstance<Values>,
  names: readonly (keyof Values & string)[],
): (problem: unknown) => boolean {
  return (problem) => {
    const faults = problem instanceof ApiProblem ? problem.faults : []
    const known = names.flatMap((name) => {
      const errors = faults.filter(({ field }) => field === name || field.startsWith(`${name}.`))
      return errors.length > 0 ? [{ name, errors: errors.map((fault) => fault.message) }] : []
    })
    // Names are those of the form's own values.
    form.setFields(known as unknown as Parameters<typeof form.setFields>[0])
    return known.length > 0
  }
}
