import { lazyPart } from '#web/kit/lazy-part.ts'

/** How many notices are unread, and the newest of them. */
export const NoticeBell = lazyPart(() => import('./NoticeBell.tsx'), 'NoticeBell')
/** All notices, and by which ways they come. */
export const NoticesPage = lazyPart(() => import('./NoticesPage.tsx'), 'NoticesPage')
/** Robots of group chats and webhooks. */
export const ConnectionsPage = lazyPart(() => import('./ConnectionsPage.tsx'), 'ConnectionsPage')
/** The queue and parked events. */
export const JobsPage = lazyPart(() => import('./JobsPage.tsx'), 'JobsPage')
