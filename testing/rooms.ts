import { registerCollaboration } from '#features/collaboration/server/index.ts'
import { registerCommerce } from '#features/commerce/server/index.ts'
import { registerCustomers } from '#features/customers/server/index.ts'
import { registerPipeline } from '#features/pipeline/server/index.ts'
import { registerOrgView } from '#platform/records/reach.ts'

/** Objects and metrics of every room, without a web server; everybody sees everything. */
export function registerRooms(): void {
  registerCustomers()
  registerPipeline()
  registerCommerce()
  registerCollaboration()
  registerOrgView({ reach: async () => 'everything', peopleUnder: async () => [] })
}
