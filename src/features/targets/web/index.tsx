import { lazyPart } from '#web/kit/lazy-part.ts'

export { askedOfCarry } from './carry-fallback.ts'
export { CarryChoice } from './CarryChoice.tsx'
export { MetricPicker } from './MetricPicker.tsx'
export { TargetTabs } from './TargetTabs.tsx'
export { ownNode } from './cockpit/own-node.ts'
export { paceText } from './cockpit/pace-text.ts'
export {
  useAttainmentTree,
  useMetrics,
  useShownMetric,
  type AttainmentTree,
  type MetricRow,
} from './cockpit/use-attainment.ts'
export { hasTarget, waterOf, wayTo } from './terrace/tier.ts'

/** The home of targets: the terrace, its figures, the way down to the records. */
export const Cockpit = lazyPart(() => import('./cockpit/Cockpit.tsx'), 'Cockpit')

/** The records behind a figure, over whatever screen shows it. */
export const RecordsDrawer = lazyPart(() => import('./cockpit/RecordsDrawer.tsx'), 'RecordsDrawer')

/** The own ring with its figures, for a person's day. */
export const OwnRing = lazyPart(() => import('./cockpit/OwnRing.tsx'), 'OwnRing')

/** The plan of a metric and year as a spreadsheet of tiers. */
export const PlanPage = lazyPart(() => import('./plan-editor/PlanPage.tsx'), 'PlanPage')

/** How far somebody is, as a ring. */
export const Ring = lazyPart(() => import('./terrace/Ring.tsx'), 'Ring')
/** The tiers as a terraced field. */
export const Terrace = lazyPart(() => import('./terrace/Terrace.tsx'), 'Terrace')
