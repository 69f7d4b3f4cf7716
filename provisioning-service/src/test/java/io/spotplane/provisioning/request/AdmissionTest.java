package io.spotplane.provisioning.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.spotplane.contracts.event.CapacityRequestSubmitted;
import io.spotplane.contracts.problem.Problem.FieldError;
import io.spotplane.contracts.vocabulary.HourlyPrice;
import io.spotplane.contracts.vocabulary.Money;
import io.spotplane.contracts.vocabulary.RequestKind;
import io.spotplane.provisioning.holding.Wanted;
import io.spotplane.provisioning.request.Admission.Verdict;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class AdmissionTest {

    private final Admission admission = new Admission(new RequestLimits(100, 64), Set.of("aws", "runpod"));
    private final JsonMapper json = JsonMapper.builder().build();

    @Test
    void fillsInEveryDefault() {
        assertThat(admit(RequestKind.GPU, "{'gpu':{'model':'l4','count':1}}"))
                .isEqualTo(new Verdict.Admitted(new Wanted(
                        new Wanted.Gpus("L4", 1, 0), null, 1, null, null, null, List.of(), List.of(), null)));
    }

    @Test
    void keepsWhatWasAskedFor() {
        var verdict = (Verdict.Admitted) admit(RequestKind.NODE, """
                {'name':'a','node':{'vcpu':8,'memoryMiB':16384},'instances':3,'providers':['aws','aws'],
                 'maxPricePerHour':{'amount':'0.2','currency':'USD'},'budget':{'amount':'5','currency':'USD'}}""");
        assertThat(verdict.wanted().node()).isEqualTo(new Wanted.Node(8, 16_384));
        assertThat(verdict.wanted().providers()).containsExactly("aws");
        assertThat(verdict.wanted().maxPricePerHour()).isEqualTo(HourlyPrice.usd("0.2"));
        assertThat(verdict.wanted().budget()).isEqualTo(Money.usd("5"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            GPU  | {}                                                              | /gpu                     | REQUIRED
            GPU  | {'gpu':{'count':1}}                                             | /gpu/model               | REQUIRED
            GPU  | {'gpu':{'model':'L4'}}                                          | /gpu/count               | REQUIRED
            GPU  | {'gpu':{'model':'L4','count':0}}                                | /gpu/count               | OUT_OF_RANGE
            GPU  | {'gpu':{'model':'L4','count':-1}}                               | /gpu/count               | OUT_OF_RANGE
            GPU  | {'gpu':{'model':'L4','count':65}}                               | /gpu/count               | OUT_OF_RANGE
            GPU  | {'gpu':{'model':'<script>','count':1}}                          | /gpu/model               | BAD_FORMAT
            GPU  | {'gpu':{'model':'L4','count':1,'minMemoryGiB':0}}               | /gpu/minMemoryGiB        | OUT_OF_RANGE
            GPU  | {'gpu':{'model':'L4','count':1},'instances':0}                  | /instances               | OUT_OF_RANGE
            GPU  | {'gpu':{'model':'L4','count':1},'instances':101}                | /instances               | OUT_OF_RANGE
            GPU  | {'gpu':{'model':'L4','count':1},'node':{'vcpu':1,'memoryMiB':1}}| /node                    | NOT_ALLOWED
            GPU  | {'gpu':{'model':'L4','count':1},'name':'-x'}                    | /name                    | BAD_FORMAT
            GPU  | {'gpu':{'model':'L4','count':1},'name':''}                      | /name                    | BAD_FORMAT
            GPU  | {'gpu':{'model':'L4','count':1},'image':'a b'}                  | /image                   | BAD_FORMAT
            GPU  | {'gpu':{'model':'L4','count':1},'providers':['azure']}          | /providers/0             | UNKNOWN_VALUE
            GPU  | {'gpu':{'model':'L4','count':1},'providers':[null]}             | /providers/0             | UNKNOWN_VALUE
            GPU  | {'gpu':{'model':'L4','count':1},'regions':['a/b']}              | /regions/0               | BAD_FORMAT
            GPU  | {'gpu':{'model':'L4','count':1},'budget':{'amount':'0','currency':'USD'}} | /budget/amount | OUT_OF_RANGE
            NODE | {}                                                              | /node                    | REQUIRED
            NODE | {'node':{'vcpu':0,'memoryMiB':1}}                               | /node/vcpu               | OUT_OF_RANGE
            NODE | {'node':{'vcpu':1}}                                             | /node/memoryMiB          | REQUIRED
            NODE | {'node':{'vcpu':1,'memoryMiB':1},'gpu':{'model':'L4','count':1}}| /gpu                     | NOT_ALLOWED
            """)
    void namesWhatIsWrong(RequestKind kind, String body, String pointer, String code) {
        assertThat(admit(kind, body))
                .isInstanceOfSatisfying(
                        Verdict.Refused.class,
                        refused -> assertThat(refused.errors())
                                .extracting(FieldError::pointer, FieldError::code)
                                .containsExactly(tuple(pointer, code)));
    }

    @Test
    void namesEverythingThatIsWrong() {
        var verdict =
                admit(RequestKind.GPU, "{'name':'X','gpu':{'model':'L4','count':0},'instances':0,'regions':['/']}");
        assertThat(((Verdict.Refused) verdict).errors())
                .extracting(FieldError::pointer)
                .containsExactly("/name", "/gpu/count", "/instances", "/regions/0");
    }

    @Test
    void aBudgetInAnotherCurrencyThanTheCapIsRefused() {
        var verdict = admit(
                RequestKind.GPU,
                "{'gpu':{'model':'L4','count':1},'maxPricePerHour':{'amount':'1','currency':'USD'},'budget':{'amount':'1','currency':'EUR'}}");
        assertThat(((Verdict.Refused) verdict).errors())
                .extracting(FieldError::pointer)
                .containsExactly("/budget/currency");
    }

    private Verdict admit(RequestKind kind, String body) {
        return admission.admit(kind, json.readValue(body.replace('\'', '"'), CapacityRequestSubmitted.class));
    }
}
