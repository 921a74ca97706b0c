import type { Field, Step } from './lay-terrace.ts'
import type { Tier } from './tier.ts'

function nearest<T extends Tier>(steps: readonly Step<T>[], x: number): Step<T> | undefined {
  return steps.toSorted((a, b) => Math.abs(a.x + a.width / 2 - x) - Math.abs(b.x + b.width / 2 - x))[0]
}

/** The step that an arrow key leads to: sideways along the row, up to the parent, down to the middle child. */
export function stepTowards<T extends Tier>(field: Field<T>, from: Step<T>, key: string): Step<T> | undefined {
  const row = field.steps.filter((step) => step.row === from.row)
  const at = row.indexOf(from)
  if (key === 'ArrowRight') return row[at + 1]
  if (key === 'ArrowLeft') return row[at - 1]
  if (key === 'Home') return row[0]
  if (key === 'End') return row.at(-1)
  if (key === 'ArrowUp') return field.steps.find((step) => step.id === from.parentId && step.row === from.row - 1)
  if (key !== 'ArrowDown') return undefined
  return nearest(
    field.steps.filter((step) => step.parentId === from.id && step.row === from.row + 1),
    from.x + from.width / 2,
  )
}
