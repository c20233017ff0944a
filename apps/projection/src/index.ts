export {
  ShownReadModels,
  type OpenReadModels,
  type ShownReadModelsOptions,
} from './shown-read-models';
