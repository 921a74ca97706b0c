import type { CallReply } from '#web/api/call.ts'
import type { objectsRoutes } from '../contract.ts'

/** A record as the API sends it: values by field key, and the names of what they point at. */
export type RecordRow = CallReply<typeof objectsRoutes.get>
