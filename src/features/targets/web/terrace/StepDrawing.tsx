import { percentText } from '#web/kit/number-text.ts'
import { stateColor, stateMarks, stateOf, type PaceState } from '#web/kit/state.ts'
import { band, contour, sagAt, tallest, type Field, type Step } from './lay-terrace.ts'
import { stepCaption } from './step-caption.ts'
import { waterOf } from './tier.ts'
import type { Pose } from './use-motion.ts'

interface StepDrawingProps {
  readonly step: Step
  readonly pose: Pose
  readonly field: Field
  readonly ids: string
}

const cropOf: Readonly<Record<PaceState, string>> = {
  ahead: 'good',
  on: 'good',
  none: 'good',
  behind: 'dry',
  far: 'parched',
}

/** One step: the basin, its crop, the water and the wall with the caption. */
export function StepDrawing({ step, pose, field, ids }: StepDrawingProps) {
  const state = stateOf(step.tier.light)
  const from = pose.x
  const to = pose.x + pose.width
  const floor = pose.top + step.height
  const heightOf = (level: number) => (step.height * level) / tallest
  const rim = floor - heightOf(1)
  const cropTop = floor - heightOf(Math.min(pose.level, 1))
  const harvestTop = floor - heightOf(pose.level)
  const due = waterOf(step.tier)
  const water = due === undefined ? undefined : floor - heightOf(due)
  const area = (top: number, bottom: number) => band(field, from, to, top, bottom)
  return (
    <>
      <path className="terrace-basin" d={area(rim, floor)} fill="var(--basin)" />
      {step.level === null && <path d={area(rim, floor)} fill={`url(#${ids}-fallow)`} />}
      {water !== undefined && step.level !== null && (
        <path className="terrace-flood" d={area(water, floor)} fill={`url(#${ids}-water)`} />
      )}
      {pose.level > 0 && (
        <>
          <path
            className="terrace-crop"
            data-crop={cropOf[state]}
            d={area(cropTop, floor)}
            fill={`url(#${ids}-${cropOf[state]})`}
          />
          <path d={area(cropTop, floor)} fill={`url(#${ids}-rice)`} />
        </>
      )}
      {pose.level > 1 && (
        <>
          <path d={area(harvestTop, rim)} fill="var(--harvest)" />
          <path d={area(harvestTop, rim)} fill={`url(#${ids}-rice)`} />
        </>
      )}
      <path
        d={`M${contour(field, from, to, rim)}`}
        fill="none"
        stroke="var(--ink3)"
        strokeOpacity="0.45"
        strokeDasharray="2 3"
      />
      {water !== undefined && step.level !== null && (
        <path
          className="terrace-water"
          d={`M${contour(field, from, to, water)}`}
          fill="none"
          stroke="var(--water)"
          strokeWidth="2"
        />
      )}
      <path
        className="terrace-wall"
        d={area(floor, floor + field.captionHeight)}
        fill={`url(#${ids}-soil)`}
        stroke="var(--soil-edge)"
        strokeOpacity="0.7"
        strokeWidth="0.8"
      />
      <Caption step={step} pose={pose} field={field} state={state} />
      <path
        className="terrace-frame"
        d={area(Math.min(rim, harvestTop) - 1, floor + field.captionHeight + 1)}
        fill="none"
        strokeWidth="2.5"
      />
    </>
  )
}

interface CaptionProps {
  readonly step: Step
  readonly pose: Pose
  readonly field: Field
  readonly state: PaceState
}

/** Name, attainment and state, as much of it as there is room for; the mark is the last to go. */
function Caption({ step, pose, field, state }: CaptionProps) {
  const middle = pose.x + pose.width / 2
  const room = pose.width - 14
  const { name, percent, ...type } = stepCaption({
    name: step.tier.name,
    // The mark says already that nothing is known.
    percent: step.tier.attainment === null ? '' : percentText(step.tier.attainment),
    room,
    fontSize: step.row === 0 ? 13.5 : 12.5,
    isInTrouble: state === 'behind' || state === 'far',
  })
  if (room < 3) return null
  return (
    <text
      className="terrace-caption num"
      x={middle}
      y={pose.top + step.height + field.captionHeight / 2 + sagAt(field, middle)}
      textAnchor="middle"
      dominantBaseline="central"
      fontSize={type.fontSize}
      aria-hidden
    >
      {name && <tspan fontWeight={step.row === 0 ? 650 : 550}>{name}&#8194;</tspan>}
      {percent && <tspan fill="var(--ink2)">{percent} </tspan>}
      <tspan fill={stateColor(state)} fontSize={Math.min(11, room + 4)}>
        {stateMarks[state]}
      </tspan>
    </text>
  )
}
