export { forecastErrors } from './errors.ts'
export { forecastPermissions } from './permissions.ts'
export * from './accuracy-contract.ts'
export * from './board-contract.ts'
export {
  categoryKeys,
  type CategoryKey,
  type CategorySums,
  type ForecastSetting,
  type PeriodOfForecast,
} from './contract-shapes.ts'
export * from './said-contract.ts'
export * from './setting-contract.ts'
export * from './system-contract.ts'
