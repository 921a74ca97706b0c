/** What every control of a field takes, to be found by its label and to say what is wrong with it. */
export interface ControlProps {
  readonly id?: string
  readonly status?: 'error'
  readonly 'aria-label'?: string
  readonly 'aria-describedby'?: string
  readonly 'aria-invalid'?: boolean
}

/** The entries of a value that is a list; none of anything else. */
export function entriesOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((entry): entry is string => typeof entry === 'string') : []
}
