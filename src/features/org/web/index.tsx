import { lazyPart } from '#web/kit/lazy-part.ts'

/** Each is loaded when first shown: nobody sets up and works in one visit. */
export const SetupPage = lazyPart(() => import('./SetupPage.tsx'), 'SetupPage')
export const OrgPage = lazyPart(() => import('./OrgPage.tsx'), 'OrgPage')

export const FiscalCalendarPage = lazyPart(() => import('./FiscalCalendarPage.tsx'), 'FiscalCalendarPage')

/** Chooses a unit, for the forms of other rooms. */
export const UnitChoice = lazyPart(() => import('./UnitChoice.tsx'), 'UnitChoice')

/** Looks with the eyes of somebody. */
export const ViewAsDialog = lazyPart(() => import('./ViewAsDialog.tsx'), 'ViewAsDialog')

export { registerPersonPart } from './person-parts.ts'
export { StructureChoice, useStructures } from './StructureChoice.tsx'
export { RecreditHint } from './RecreditHint.tsx'
export { useOrgAct } from './use-org.ts'
