import type { ComponentType } from 'react'
import type { Period } from '#engine/calendar/period.ts'
import type { AttainmentNode } from '../../contract.ts'
import type { AttainmentTree, MetricRow } from './use-attainment.ts'

/** A tree of figures as they were shown on a day. */
interface ShownTree {
  readonly data: (AttainmentTree & { readonly shown: { readonly on: string; readonly isClosing: boolean } }) | undefined
  readonly error: Error | null
  readonly isPlaceholderData: boolean
  refetch(): Promise<unknown>
}

/** What a room above adds to the cockpit: figures of other days, and why a figure is what it is. */
export interface CockpitExtension {
  useShownTree(metric: string, period: string, on: string | undefined): ShownTree
  readonly ShownPicker: ComponentType<{ readonly metric: string; readonly period: string }>
  readonly ShownNote: ComponentType<{ readonly shown: { readonly on: string; readonly isClosing: boolean } }>
  /** Where the opened node lands, with interval and chance. */
  readonly NodeLanding: ComponentType<{
    readonly node: AttainmentNode
    readonly metric: MetricRow
    readonly period: Period
    readonly onRecords: (node: AttainmentNode) => void
  }>
  readonly AnalysisPanel: ComponentType<{
    readonly node: AttainmentNode
    readonly metric: MetricRow
    readonly currency: string
    readonly period: Period
    readonly onGo: (node: AttainmentNode) => void
    readonly onRecords: (node: AttainmentNode) => void
  }>
}
