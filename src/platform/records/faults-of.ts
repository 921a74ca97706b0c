import { AppError, type FieldFault } from '#base/errors.ts'
import { rowFaults } from './errors.ts'

/** What stands against a change of a record, as something to tell about it. */
export function faultsOf(error: unknown): readonly FieldFault[] {
  if (!(error instanceof AppError)) return [{ field: '', code: 'refused', label: rowFaults.refused }]
  if (error.faults.length > 0) return error.faults
  return [{ field: '', code: error.code, label: error.label, params: error.params }]
}
