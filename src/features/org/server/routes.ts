import type { FastifyInstance } from 'fastify'
import { createCompanyRoute, demoSignInRoute, loadDemoRoute, setupRoute } from '#engine/contract/setup.ts'
import { changeSettingsRoute, meRoute } from '#engine/contract/sign-in.ts'
import type { AuthParts } from '#platform/auth/gate.ts'
import { serve, servePublic } from '#platform/http/serve.ts'
import { recreditProgress, retryRecrediting } from '#platform/ledger/index.ts'
import * as calendar from '../calendar-contract.ts'
import * as org from '../contract.ts'
import { assign, changeAssignment, endAssignment } from './assign.ts'
import { activatePerson, addPerson, changePerson, deactivatePerson } from './change-people.ts'
import { changeUnit, closeUnit, createUnit, mergeUnit, moveUnit } from './change-units.ts'
import { exportOrg } from './export-org.ts'
import { changeCalendar, changeWorkdays, previewCalendar, showCalendar } from './fiscal-calendar.ts'
import { handOver, previewHandOver } from './hand-over.ts'
import { changeSettings, showMe } from './me.ts'
import { listPeople, showPerson } from './people.ts'
import { resetPassword } from './person-login.ts'
import { loadDemo, setUpCompany, showSetup, signInToDemo } from './setup.ts'
import { beginStructure, closeStructure, createStructure, listStructures, renameStructure } from './structures.ts'
import { treeOn } from './tree.ts'

/** Setup, the actor's own page, units, people and assignments. */
export function registerOrgRoutes(app: FastifyInstance, parts: AuthParts): void {
  registerSetup(app, parts)
  registerMe(app, parts)
  registerStructures(app)
  registerUnits(app)
  registerPeople(app)
  registerAssignments(app)
  registerCalendar(app)
}

function registerSetup(app: FastifyInstance, parts: AuthParts): void {
  servePublic(app, setupRoute, ({ request }) => showSetup(parts, request))
  servePublic(app, createCompanyRoute, ({ body, request, reply }) => setUpCompany(parts, body, request, reply))
  servePublic(app, loadDemoRoute, ({ request }) => loadDemo(parts, request))
  servePublic(app, demoSignInRoute, ({ body, request, reply }) => signInToDemo(parts, body.persona, request, reply))
}

function registerMe(app: FastifyInstance, parts: AuthParts): void {
  serve(app, meRoute, (ctx, { request }) => showMe(ctx, parts.permissions, request.acting?.secondFactorDue ?? false))
  serve(app, changeSettingsRoute, (ctx, { body }) => changeSettings(ctx, body))
}

function registerStructures(app: FastifyInstance): void {
  serve(app, org.structuresRoute, (ctx) => listStructures(ctx))
  serve(app, org.createStructureRoute, (ctx, { body }) => createStructure(ctx, body))
  serve(app, org.beginStructureRoute, (ctx, { params, body }) => beginStructure(ctx, params.id, body.topName))
  serve(app, org.changeStructureRoute, (ctx, { params, body }) => renameStructure(ctx, params.id, body))
  serve(app, org.closeStructureRoute, (ctx, { params, body }) => closeStructure(ctx, params.id, body))
}

function registerUnits(app: FastifyInstance): void {
  serve(app, org.treeRoute, (ctx, { query }) => treeOn(ctx, query))
  serve(app, org.createUnitRoute, (ctx, { body }) => createUnit(ctx, body))
  serve(app, org.changeUnitRoute, (ctx, { params, body }) => changeUnit(ctx, params.id, body))
  serve(app, org.moveUnitRoute, (ctx, { params, body }) => moveUnit(ctx, params.id, body))
  serve(app, org.mergeUnitRoute, (ctx, { params, body }) => mergeUnit(ctx, params.id, body))
  serve(app, org.closeUnitRoute, (ctx, { params, body }) => closeUnit(ctx, params.id, body.on))
  serve(app, org.exportOrgRoute, async (ctx, { query, reply }) => {
    const file = await exportOrg(ctx, query)
    await reply.type(file.type).header('content-disposition', `attachment; filename="${file.name}"`).send(file.content)
  })
}

function registerPeople(app: FastifyInstance): void {
  serve(app, org.peopleRoute, (ctx, { query }) => listPeople(ctx, query))
  serve(app, org.personRoute, (ctx, { params }) => showPerson(ctx, params.id))
  serve(app, org.addPersonRoute, (ctx, { body }) => addPerson(ctx, body))
  serve(app, org.changePersonRoute, (ctx, { params, body }) => changePerson(ctx, params.id, body))
  serve(app, org.resetPasswordRoute, (ctx, { params }) => resetPassword(ctx, params.id))
  serve(app, org.deactivatePersonRoute, (ctx, { params }) => deactivatePerson(ctx, params.id))
  serve(app, org.activatePersonRoute, (ctx, { params }) => activatePerson(ctx, params.id))
  serve(app, org.handOverPreviewRoute, (ctx, { params }) => previewHandOver(ctx, params.id))
  serve(app, org.handOverRoute, (ctx, { params, body }) => handOver(ctx, params.id, body))
}

function registerCalendar(app: FastifyInstance): void {
  serve(app, calendar.showCalendarRoute, (ctx) => showCalendar(ctx))
  serve(app, calendar.previewCalendarRoute, (ctx, { body }) => previewCalendar(ctx, body))
  serve(app, calendar.changeCalendarRoute, (ctx, { body }) => changeCalendar(ctx, body))
  serve(app, calendar.changeWorkdaysRoute, (ctx, { body }) => changeWorkdays(ctx, body))
}

function registerAssignments(app: FastifyInstance): void {
  serve(app, org.assignRoute, (ctx, { body }) => assign(ctx, body))
  serve(app, org.changeAssignmentRoute, (ctx, { params, body }) => changeAssignment(ctx, params.id, body))
  serve(app, org.endAssignmentRoute, (ctx, { params, body }) => endAssignment(ctx, params.id, body.on))
  serve(app, org.recreditingRoute, (ctx) => recreditProgress(ctx))
  serve(app, org.retryRecreditingRoute, (ctx) => retryRecrediting(ctx))
}
