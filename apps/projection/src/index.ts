export { ProjectionModule } from './projection.module';
