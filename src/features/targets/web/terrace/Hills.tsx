import { band, contour, sagAt, type Field } from './lay-terrace.ts'

/** The flank of the hill: as wide as each row, a little more. */
function hillOf(field: Field): string {
  const edge = 26
  const rows = Array.from({ length: field.rows }, (_, row) => {
    const inRow = field.steps.filter((step) => step.row === row)
    const from = Math.max(0, Math.min(...inRow.map((step) => step.x)) - edge)
    const to = Math.min(field.width, Math.max(...inRow.map((step) => step.x + step.width)) + edge)
    return { from, to, middle: (inRow[0]?.top ?? 0) + field.rowHeight / 2 }
  })
  const first = rows[0]
  const last = rows.at(-1)
  if (!first || !last) return ''
  const left = rows.map((row) => `L${row.from} ${row.middle + sagAt(field, row.from)}`).join(' ')
  const right = rows
    .toReversed()
    .map((row) => `L${row.to} ${row.middle + sagAt(field, row.to)}`)
    .join(' ')
  const crown = `M${field.width / 2} -6 Q${first.from + 40} -4 ${first.from} ${first.middle}`
  return `${crown} ${left} L${last.from} ${field.height} L${last.to} ${field.height} ${right} Q${first.to - 40} -4 ${field.width / 2} -6Z`
}

/** The hill behind the field: pale contours that run on where the steps end. */
export function Hills({ field, ids }: { readonly field: Field; readonly ids: string }) {
  const lines = Array.from({ length: Math.floor(field.height / 23) }, (_, at) => at * 23 + 8)
  const pitch = field.rowHeight + field.captionHeight + 12
  return (
    <g aria-hidden role="presentation">
      <clipPath id={`${ids}-hill`}>
        <path d={hillOf(field)} />
      </clipPath>
      <path d={hillOf(field)} fill="var(--hill)" opacity="0.55" />
      <g clipPath={`url(#${ids}-hill)`} role="presentation">
        {lines.map((y) => (
          <path
            key={y}
            d={`M${contour(field, 0, field.width, y - field.sag / 2)}`}
            fill="none"
            stroke="var(--soil-edge)"
            strokeOpacity="0.35"
          />
        ))}
      </g>
      {Array.from({ length: field.rows }, (_, row) => {
        const inRow = field.steps.filter((step) => step.row === row)
        const from = Math.min(...inRow.map((step) => step.x)) - 7
        const to = Math.max(...inRow.map((step) => step.x + step.width)) + 7
        const top = (inRow[0]?.top ?? 0) + field.rowHeight
        return (
          <path
            key={row}
            d={band(field, from, to, top + field.captionHeight - 2, top + pitch - field.rowHeight - 5)}
            fill="var(--soil-edge)"
            opacity="0.32"
          />
        )
      })}
    </g>
  )
}
