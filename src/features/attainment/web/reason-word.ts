import type { ChangeReason } from './use-room.ts'

/** The word for each reason. */
export const reasonWord = {
  new: 'reasonNew',
  amount: 'reasonAmount',
  date: 'reasonDate',
  time: 'reasonTime',
  gone: 'reasonGone',
  refund: 'reasonRefund',
  credit: 'reasonCredit',
  organisation: 'reasonOrganisation',
  rate: 'reasonRate',
  definition: 'reasonDefinition',
} as const satisfies Readonly<Record<ChangeReason, string>>
