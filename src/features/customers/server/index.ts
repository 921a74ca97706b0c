import { registerObject } from '#platform/records/registry.ts'
import { account, contact } from '../objects.ts'
import { checkCreditCodes } from './check-credit-codes.ts'

/** Puts customers and their people into the catalogue. */
export function registerCustomers(): void {
  registerObject(account, { prepare: checkCreditCodes })
  registerObject(contact)
}
