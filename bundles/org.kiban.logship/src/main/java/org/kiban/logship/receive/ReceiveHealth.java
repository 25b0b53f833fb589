package org.kiban.logship.receive;

import java.util.List;
import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * Whether logs of others come in and go on. Warns only: a node must not be taken out of service
 * because of logs.
 */
@Component(property = {HealthCheck.NAME + "=logship", HealthCheck.TAGS + "=node"})
public final class ReceiveHealth implements HealthCheck {

  // Dynamic: the receiver is another one whenever a municipality accepts somebody else.
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile LogReceiver receiver;

  @Override
  public Result execute() {
    LogReceiver current = receiver;
    FormattingResultLog log = new FormattingResultLog();
    List<String> problems = current == null ? List.of() : current.problems();
    problems.forEach(problem -> log.warn("{}", problem));
    if (problems.isEmpty()) {
      log.info("nothing keeps logs from coming in"); // a log without a line counts as a warning
    }
    return new Result(log);
  }
}
