import { lazyPart } from '#web/kit/lazy-part.ts'

/** Deals by stage. */
export const PipelineBoard = lazyPart(() => import('./PipelineBoard.tsx'), 'PipelineBoard')
