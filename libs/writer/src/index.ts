export * from './aggregate';
export * from './aggregates';
export * from './dependencies';
export * from './options';
export * from './writer';
