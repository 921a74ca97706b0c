import { z } from 'zod'

const label = z.object({ zh: z.string(), en: z.string() })
const units = ['money', 'count', 'percent', 'days'] as const
const ref = z.object({ id: z.string(), name: z.string() })

/** What a reorganisation would do, read without writing anything. */
export const effectsShape = z.object({
  /** The span whose results are told anew. */
  period: z.object({ key: z.string(), label, from: z.string(), to: z.string() }),
  metric: z.object({
    key: z.string(),
    label,
    unit: z.enum(units),
    currency: z.string(),
  }),
  /** The metrics whose results can be told anew, and the fiscal years to choose from, the latest first. */
  choices: z.object({ metrics: z.array(z.object({ key: z.string(), label })), periods: z.array(z.string()) }),
  /** Null: whoever asks does not see the results of the whole company. */
  results: z
    .object({
      /** The company's figure before and after: the same to the cent. */
      total: z.object({ before: z.string().nullable(), after: z.string().nullable() }),
      nodes: z.array(
        z.object({
          unitId: z.string(),
          name: z.string(),
          depth: z.number(),
          before: z.string().nullable(),
          after: z.string().nullable(),
          change: z.string().nullable(),
        }),
      ),
    })
    .nullable(),
  /** Plans of the year in which it begins. */
  plans: z.array(
    z.object({
      id: z.string(),
      metric: label,
      unit: z.enum(units),
      year: z.number(),
      nodes: z.array(
        z.object({
          unitId: z.string(),
          name: z.string(),
          depth: z.number(),
          /** Year total where the plan put it; null: not in the plan. */
          stays: z.string().nullable(),
          /** After the plan is refreshed. */
          refreshed: z.string().nullable(),
          change: z.string().nullable(),
        }),
      ),
    }),
  ),
  /** Whose chain of heads changes; of the default structure alone, for nothing is approved along another. */
  approvals: z.array(z.object({ person: ref, before: z.array(ref), after: z.array(ref) })),
  sight: z.array(
    z.object({
      person: ref,
      /** People whose records come into reach, and leave it. */
      gains: z.array(ref),
      loses: z.array(ref),
      gained: z.object({ accounts: z.number(), deals: z.number() }),
      lost: z.object({ accounts: z.number(), deals: z.number() }),
    }),
  ),
  handOvers: z.array(
    z.object({
      person: ref,
      from: ref,
      to: ref,
      accounts: z.number(),
      deals: z.number(),
      tasks: z.number(),
      /** Units that they head and leave. */
      heads: z.array(ref),
    }),
  ),
})
export type Effects = z.infer<typeof effectsShape>
