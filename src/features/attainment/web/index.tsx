import { NodeLanding } from '#features/outlook/web/index.tsx'
import { lazyPart } from '#web/kit/lazy-part.ts'
import { useShownTree } from './use-room.ts'

const AnalysisPanel = lazyPart(() => import('./AnalysisPanel.tsx'), 'AnalysisPanel')
const ShownPicker = lazyPart(() => import('./ShownPicker.tsx'), 'ShownPicker')
const ShownNote = lazyPart(() => import('./ShownNote.tsx'), 'ShownNote')

/** What this room adds to the home of targets: figures of other days, where a node lands, and why a figure is what it is. */
export const attainmentInCockpit = { useShownTree, ShownPicker, ShownNote, AnalysisPanel, NodeLanding }
