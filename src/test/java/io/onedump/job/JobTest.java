package io.onedump.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

class JobTest {

    @Test
    void findsADumpInAnyBranch() throws Exception {
        RouteBuilder builder = new RouteBuilder() {
            @Override
            public void configure() {
                from("timer:nightly").routeId("nightly")
                        .choice().when(simple("${header.full}")).filter(body()).to("dump:mysqldump?dsn=mysql://db/shop")
                        .endChoice()
                        .otherwise().to("log:nothing");
            }
        };
        builder.configure();
        JobRoute route = new JobRoute(new DefaultCamelContext(), builder.getRouteCollection().getRoutes().get(0));
        Job job = Job.of(route, route.input(), true);
        assertThat(job.schemes()).containsExactlyInAnyOrder("dump", "log");
        assertThat(job.isDump()).isTrue();
    }
}
