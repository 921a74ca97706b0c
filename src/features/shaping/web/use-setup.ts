import { useState } from 'react'
import { call } from '#web/api/call.ts'
import { shapingRoutes, type SetupDraft } from '../contract.ts'
import { useReread } from './use-shape.ts'

/** Keeps layouts, rules and the record type of an object; what is not named stays as it was. Throws `ApiProblem`. */
export function useSaveSetup(object: string, setup: SetupDraft) {
  const reread = useReread()
  const [isBusy, setBusy] = useState(false)
  const save = async (changes: SetupDraft) => {
    setBusy(true)
    try {
      await call(shapingRoutes.setUp, { params: { object }, body: { ...setup, ...changes } })
      await reread()
    } finally {
      setBusy(false)
    }
  }
  return { save, isBusy }
}
