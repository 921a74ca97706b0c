import { lazyPart } from '#web/kit/lazy-part.ts'

export { sharingWords } from './rule-words.ts'

/** Roles and sharing rules of the company. */
export const AccessPage = lazyPart(() => import('./AccessPage.tsx'), 'AccessPage')
/** The team of a record, and with whom it is shared. */
export const TeamPanel = lazyPart(() => import('./TeamPanel.tsx'), 'TeamPanel')
