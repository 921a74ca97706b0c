import type { Label } from '#base/label.ts'
import { bareCreditCode, isCreditCode } from '#engine/duplicates/credit-code.ts'
import type { Step } from '#platform/db/step.ts'
import type { Draft } from '#platform/records/draft.ts'

const wrong: Label = {
  zh: '不是有效的统一社会信用代码（18 位，末位为校验码）',
  en: 'Not a valid credit code: 18 characters, the last of which checks the others',
}

/** Credit codes are kept without spaces, in capital letters; one that is newly given must have its check character. */
export async function checkCreditCodes(_step: Step, drafts: readonly Draft[]): Promise<void> {
  for (const { before, values, faults } of drafts) {
    const given = values['creditCode']
    if (typeof given !== 'string' || given === before?.values['creditCode']) continue
    const code = bareCreditCode(given)
    values['creditCode'] = code
    if (!isCreditCode(code)) faults.push({ field: 'creditCode', code: 'creditCode', label: wrong })
  }
}
