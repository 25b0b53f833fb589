package ${package};

import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Component;

/**
 * Says whether the add-on is well. The node asks it after each installation and update, and puts
 * back what was there before unless it is; later it shows in the node's status.
 */
@Component(property = {"hc.name=${artifactId}", "hc.tags=${artifactId}"})
public final class Probe implements HealthCheck {

  @Override
  public Result execute() {
    return new Result(Result.Status.OK, "${artifactId} is well");
  }
}
