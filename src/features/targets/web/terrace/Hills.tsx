import { band, contour, type Field } from './lay-terrace.ts'

/** The hill behind the field: pale contours that run on where the steps end. */
export function Hills({ field }: { readonly field: Field }) {
  const lines = Array.from({ length: Math.floor(field.height / 23) }, (_, at) => at * 23 + 8)
  const pitch = field.rowHeight + field.captionHeight + 12
  return (
    <g aria-hidden role="presentation">
      {lines.map((y) => (
        <path
          key={y}
          d={`M${contour(field, 0, field.width, y - field.sag / 2)}`}
          fill="none"
          stroke="var(--hill)"
          strokeWidth="1.2"
        />
      ))}
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
