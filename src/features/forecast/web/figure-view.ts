/** Each category by itself, or added to those that are surer. */
export type FigureView = 'single' | 'cumulative'
