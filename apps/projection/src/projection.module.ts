import { Module, type DynamicModule } from '@nestjs/common';
import { Projector, type ProjectorDependencies } from '@tollgate/projections';

/** The read models' projector as a Nest module. */
@Module({})
export class ProjectionModule {
  static register(dependencies: ProjectorDependencies): DynamicModule {
    return {
      module: ProjectionModule,
      providers: [{ provide: Projector, useFactory: () => new Projector(dependencies) }],
      exports: [Projector],
    };
  }
}
