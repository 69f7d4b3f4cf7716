package io.spotplane.pricing.recommendation;

import static org.assertj.core.api.Assertions.assertThat;

import io.spotplane.contracts.problem.Problem.FieldError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class RecommendationRequestTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|/nodes|REQUIRED",
                "{'totals':{}}|/nodes|REQUIRED",
                "{'nodes':0}|/nodes|OUT_OF_RANGE",
                "{'nodes':-3}|/nodes|OUT_OF_RANGE",
                "{'nodes':10001}|/nodes|OUT_OF_RANGE",
                "{'nodes':2,'mostNodes':3}|/mostNodes|CONTRADICTION",
                "{'totals':{'vcpu':1000000000000}}|/totals/vcpu|OUT_OF_RANGE",
                "{'totals':{'memoryMiB':-1}}|/totals/memoryMiB|OUT_OF_RANGE",
                "{'nodes':2,'classes':['']}|/classes/0|INVALID_VALUE",
                "{'nodes':2,'regions':[null]}|/regions/0|REQUIRED",
                "{'nodes':2,'regions':['a','a']}|/regions/1|INVALID_VALUE",
                "{'nodes':2,'budget':{}}|/budget|REQUIRED",
                "{'nodes':2,'budget':{'least':{'amount':'2','currency':'USD'},'most':{'amount':'1','currency':'USD'}}}|/budget/least|CONTRADICTION",
                "{'nodes':2,'budget':{'most':{'amount':'0','currency':'USD'}}}|/budget/most/amount|OUT_OF_RANGE",
                "{'nodes':2,'budget':{'most':{'amount':'999999999999','currency':'USD'}}}|/budget/most/amount|OUT_OF_RANGE",
                "{'nodes':2,'budget':{'most':{'amount':'1','currency':'EUR'}}}|/budget/most/currency|INVALID_VALUE",
                "{'nodes':2,'perNode':{'mostPrice':{'amount':'1','currency':'EUR'}}}|/perNode/mostPrice/currency|INVALID_VALUE",
                "{'nodes':2,'spread':{'mostPercentInPool':0}}|/spread/mostPercentInPool|OUT_OF_RANGE",
                "{'nodes':2,'spread':{'mostPercentInRegion':40}}|/spread/mostPercentInRegion|CONTRADICTION",
                "{'nodes':2,'spread':{'leftPercentWithoutAnyRegion':100}}|/spread/leftPercentWithoutAnyRegion|CONTRADICTION",
                "{'nodes':2,'loss':{'moreThan':1}}|/loss/probability|REQUIRED",
                "{'nodes':2,'loss':{'probability':0.1}}|/loss/moreThan|REQUIRED",
                "{'nodes':2,'loss':{'mostLostPercent':101}}|/loss/mostLostPercent|OUT_OF_RANGE",
                "{'nodes':2,'loss':{'horizon':'PT0S'}}|/loss/horizon|OUT_OF_RANGE",
                "{'nodes':2,'restart':'-PT1M'}|/restart|OUT_OF_RANGE",
                "{'nodes':2,'gpu':{'perNode':0,'models':['L4']}}|/gpu/perNode|CONTRADICTION",
            })
    void namesTheFieldThatIsWrong(String body, String pointer, String code) {
        var errors = request(body).errors("USD");
        assertThat(errors)
                .extracting(FieldError::pointer, FieldError::code)
                .contains(org.assertj.core.groups.Tuple.tuple(pointer, code));
    }

    @Test
    void turnsAMonthsBudgetIntoTheSameLimitOnAnHour() {
        var wish = request("{'nodes':2,'budget':{'per':'MONTH','least':{'amount':'7.31','currency':'USD'},"
                        + "'most':{'amount':'14.61','currency':'USD'}}}")
                .wish();
        assertThat(wish.budget().least()).isEqualTo(10_014); // 0.010013698… a month of 730 hours
        assertThat(wish.budget().most()).isEqualTo(20_013);
    }

    private static RecommendationRequest request(String body) {
        return JSON.readValue(body.replace('\'', '"'), RecommendationRequest.class);
    }
}
