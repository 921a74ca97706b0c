import { z } from 'zod'
import { mismatchShape, planRowShape } from '#features/targets/contract.ts'

export const planParams = z.object({ planId: z.uuid() })
export const nodeId = planRowShape.shape.id
/** An amount as a decimal string; never negative. */
export const amount = mismatchShape.shape.own.regex(/^\d{1,16}(\.\d{1,4})?$/)
export const version = z.number().int().min(1).max(2_147_483_647)
export const comment = z.string().trim().max(500)
export const reason = comment.min(1)
export const whom = z.object({ id: z.string(), name: z.string() }).nullable()
