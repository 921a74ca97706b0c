import { lazyPart } from '#web/kit/lazy-part.ts'

export { talkWords } from './words.ts'

/** Comments on a record and activities for it. */
export const RecordTalk = lazyPart(() => import('./RecordTalk.tsx'), 'RecordTalk')
