import { lazyPart } from '#web/kit/lazy-part.ts'

/** The records of one object in its views. */
export const RecordListPage = lazyPart(() => import('./RecordListPage.tsx'), 'RecordListPage')
