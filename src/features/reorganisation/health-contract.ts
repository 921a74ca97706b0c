import { z } from 'zod'

const ref = z.object({ id: z.string(), name: z.string() })

/** Above or below what a finding is told. */
export const thresholds = { spanMost: 12, spanLeast: 3, layersMost: 6, loadTimes: 2 } as const

const findingKind = z.enum([
  'span_wide',
  'span_narrow',
  'no_head',
  'head_elsewhere',
  'no_people',
  'single_person',
  'layers',
  'load_high',
  'load_low',
  'no_unit',
  'leaver_in_unit',
])
export type FindingKind = z.infer<typeof findingKind>

export const healthShape = z.object({
  on: z.string(),
  totals: z.object({
    units: z.number(),
    people: z.number(),
    layers: z.number(),
    /** Mean number of people and units led directly, over units with a head; one decimal. */
    span: z.string().nullable(),
    vacancies: z.number(),
  }),
  /** How many units have so many led directly. */
  spans: z.array(z.object({ span: z.number(), units: z.array(ref) })),
  layers: z.array(z.object({ depth: z.number(), units: z.number(), people: z.number() })),
  units: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      tier: z.string().nullable(),
      parentId: z.string().nullable(),
      depth: z.number(),
      head: ref.nullable(),
      /** People of the unit without its head, and units directly below. */
      span: z.number(),
      people: z.number(),
      peopleBelow: z.number(),
      accounts: z.number(),
      deals: z.number(),
      tasks: z.number(),
    }),
  ),
  people: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      unit: ref,
      accounts: z.number(),
      deals: z.number(),
      tasks: z.number(),
      /** Of the median of people of the same tier: the highest of the three, one decimal; null without peers. */
      times: z.string().nullable(),
    }),
  ),
  medians: z.object({ accounts: z.number(), deals: z.number(), tasks: z.number() }),
  findings: z.array(
    z.object({
      kind: findingKind,
      unit: ref.nullable(),
      person: ref.nullable(),
      /** The figure that is out of bounds. */
      figure: z.string().nullable(),
    }),
  ),
})
export type Health = z.infer<typeof healthShape>
