import { z } from 'zod'
import type { Permission } from '#engine/policy/role.ts'
import { defineRoute } from './route.ts'

export const viewAs: Permission = {
  key: 'access.view_as',
  label: { zh: '以他人视角查看', en: 'View as another person' },
  roles: ['administrator'],
}

export const viewAsRoutes = {
  begin: defineRoute({
    method: 'POST',
    path: '/api/v1/access/view-as',
    byPeopleOnly: true,
    summary: { zh: '开始以某人的视角查看', en: 'Begin to look with the eyes of another person' },
    access: { permission: viewAs.key },
    body: z.strictObject({ personId: z.uuid(), reason: z.string().trim().max(200).optional() }),
    reply: z.object({ name: z.string() }),
  }),
  end: defineRoute({
    method: 'DELETE',
    path: '/api/v1/access/view-as',
    summary: { zh: '结束以他人视角查看', en: 'Look with the own eyes again' },
    access: 'signed-in',
  }),
}
